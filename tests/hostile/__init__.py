"""Everything here is sent by somebody who means harm, or by a machine that means nothing at all."""
