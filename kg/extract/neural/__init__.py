"""A small fine-tuned encoder that proposes typed names and reads the role of each thing."""
