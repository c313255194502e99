"""What follows from results for next year's money: rules and facts propose, people decide."""
