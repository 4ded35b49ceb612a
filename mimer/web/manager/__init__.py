"""Pages of those who answer for the whole: reports, data subjects' requests and data breaches."""
