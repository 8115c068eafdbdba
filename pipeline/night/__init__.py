"""One run's stages, a module each in the order of the road; ``nightly`` goes through them."""
