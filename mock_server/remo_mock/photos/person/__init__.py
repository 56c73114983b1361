"""Where a standing person's joints are in a photo, read off the person's silhouette."""
