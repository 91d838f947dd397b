"""What a build would wait for without end: a FIFO as a picture, a socket, a link to a device."""

import os
import socket
from pathlib import Path

Path("content/images").mkdir()
os.mkfifo("content/images/photo.png")
os.mkfifo("content/images/.hidden")
socket.socket(socket.AF_UNIX).bind("content/images/talk.sock")
