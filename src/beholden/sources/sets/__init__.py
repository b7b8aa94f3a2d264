"""One file for each data set; each defines `DATASET`."""
