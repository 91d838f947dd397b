"""Search by typed words: posts, pages, events, talks, speakers, and their headings."""
