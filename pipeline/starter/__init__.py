"""What a new workspace starts from."""
