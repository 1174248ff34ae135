"""Text and its parts: tokens and their stems, the encoder's word pieces, sentences, scripts.

Search, related notes, topics and mentions all ask here what a word is, so that they agree.
"""
