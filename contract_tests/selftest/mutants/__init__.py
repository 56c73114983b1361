"""The broken servers, one module for each kind of promise that they break."""
