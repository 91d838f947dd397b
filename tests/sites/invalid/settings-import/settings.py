import pelicancnf
