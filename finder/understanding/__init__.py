"""Free text -> proposed answers, needs and danger signs, each with the words that gave it."""
