"""The simulated service: what a request comes to, from its body to the reply that is sent."""
