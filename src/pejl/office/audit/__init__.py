"""Who read and wrote what: an append-only record, written in the transaction of what it tells of."""
