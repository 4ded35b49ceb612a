"""Reproducible measurement: seeds a municipality of N cases, drives the real server over HTTP, prints a table."""
