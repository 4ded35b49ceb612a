"""Pages of the desk: telephone, counter, petition, call list and print queue."""
