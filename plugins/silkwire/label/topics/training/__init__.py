"""How the model of the Media Topics is made: the texts it learns from, the fit, and the file that ships."""
