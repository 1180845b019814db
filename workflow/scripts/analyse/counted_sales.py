"""What every drug listing is seen to sell, and at what price: counted once for all analyses of sales."""

from cryptodrug.counted_sales import count_sales


def counted_sales(listing: str, feedback: str, counted_sales: str) -> None:
    """Visible sales and prices of drug listings, counted for the analyses that add them up.

    1. Both bounds of the sales since the snapshot before, and the feedback of the last 29 days, as `visible_sales`
       defines them (Christin 2013).
    2. The price in the interval with holding prices replaced, left out, and taken as they are, as `revenue` defines it.
    """
    count_sales(listing, feedback, counted_sales)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, counted_sales)
