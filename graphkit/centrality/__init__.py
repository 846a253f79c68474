"""How central each node of a graph is: the measures of the field as plain functions over arrays.

The modules import numba, so import them where they are used.
"""
