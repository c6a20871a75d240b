"""Several organisations side by side, each as a whole, for who may read all results of each."""
