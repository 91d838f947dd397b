raise RuntimeError("no route to the moon")
