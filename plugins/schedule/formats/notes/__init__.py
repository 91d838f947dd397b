"""What only our own format can say, as notes inside files of frab's formats."""
