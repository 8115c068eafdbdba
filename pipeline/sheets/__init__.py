"""The columns of the sheets: what each is called, holds and says of itself. Which rules they keep stands in ``forms``."""
