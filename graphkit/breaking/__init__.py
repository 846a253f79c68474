"""Breaking a network: whom to take out so that least of it still holds together, and how sure that is.

`problem` says what may be hit, at what cost and under which conditions, `plan` what was found and how far from the best
it can at most be. The rest are methods: each takes a problem and gives a plan.
"""
