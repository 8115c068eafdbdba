"""The checks, a module a family. Each gives the places where its rule is broken: ``sheet!cell``, or what is amiss."""
