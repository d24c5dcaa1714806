"""Letters on their way: written with the act they tell of, sent by a job, deleted a month later."""
