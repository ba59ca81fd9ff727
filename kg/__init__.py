"""Turn machine-learning paper listings into a graph people can ask."""
