"""What readers find by typing words: posts, pages, events, talks, speakers, and their headings."""
