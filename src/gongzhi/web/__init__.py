"""The site: settings, urls, pages that join apps, design system, templates, static files."""
