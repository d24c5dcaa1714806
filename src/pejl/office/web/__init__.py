"""From a request to a page: who may ask for what, what is recorded of it, and how pages look."""
