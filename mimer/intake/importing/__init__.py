"""History from elsewhere: a file, read row by row through a mapping, becomes cases, and every row is accounted for."""
