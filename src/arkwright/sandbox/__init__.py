"""The box: an isolated computer, its supervisor, its way out to the network, its checkpoints."""
