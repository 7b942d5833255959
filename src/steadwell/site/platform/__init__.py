"""What whoever runs the platform sees: whether it is well, and which practices it serves."""
