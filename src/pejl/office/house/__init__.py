"""Pages of no single app: signing in, one's own desk, accounts, the organisation, letters, the audit record."""
