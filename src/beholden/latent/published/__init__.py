"""The model of Bailey, Strezhnev and Voeten (2017) as published: a fast fit, and its sampler."""
