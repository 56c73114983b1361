"""What a tester can ask for, by header, address, queue or card, and the faults and delays among it."""
