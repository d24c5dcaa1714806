"""Accounts and the roles people have, each from one day until another."""
