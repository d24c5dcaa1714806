"""Do intervals hold what they promise, and how fast are they?"""
