"""The public site: pages over a release's public folder, served live and frozen from the same functions.

`addresses` is the table of all addresses, `pages` holds one function per kind of page, `edition` knows the pages of
one release, `rendering` makes them into HTML, `freezing` writes them down, `serving` shows them. Only `settings`,
`urls`, `views` and `wsgi` know Django.
"""
