def register():
    raise RuntimeError("no route to the moon")
