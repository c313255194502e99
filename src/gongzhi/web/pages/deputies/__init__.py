"""What deputies look at: money and promises by department and aim, what changed, what stopped."""
