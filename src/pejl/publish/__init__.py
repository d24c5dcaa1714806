"""What readers see: made from a release's public folder, or from the strategies as declared."""
