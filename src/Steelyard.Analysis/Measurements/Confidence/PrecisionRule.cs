namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>What is to be done about a figure that is found by more and more replications.</summary>
public enum PrecisionStep : byte
{
    /// <summary>Do more of them.</summary>
    More,

    /// <summary>Its interval is narrow enough.</summary>
    Enough,

    /// <summary>There are as many as there may be, and its interval is not narrow enough: it stays
    /// unknown to that precision.</summary>
    GivenUp,
}

/// <summary>
/// When to stop repeating (Law, Simulation Modeling and Analysis, 9.4.1: a specified relative precision,
/// sequentially). An interval over a few replications is narrow by chance now and then, so there is a least
/// number of them.
/// </summary>
/// <param name="RelativeHalfWidth">How narrow: half of the interval over the figure; 0.02 is 2 %. Above
/// 0.</param>
/// <param name="Least">The least replications; at least 2.</param>
/// <param name="Most">The most; at least as many.</param>
public sealed record PrecisionRule(double RelativeHalfWidth, int Least, int Most)
{
    /// <summary>The least replications where nobody says another number.</summary>
    public const int UsualLeast = 5;

    /// <summary>The most where nobody says another number.</summary>
    public const int UsualMost = 30;

    /// <summary>What is to be done after some replications.</summary>
    /// <param name="replications">How many were done.</param>
    /// <param name="figures">The figures that are to be so precise.</param>
    public PrecisionStep After(int replications, IEnumerable<ConfidenceInterval> figures)
    {
        if (replications < Least)
            return PrecisionStep.More;
        if (figures.All(figure => figure.RelativeHalfWidth <= RelativeHalfWidth))
            return PrecisionStep.Enough;
        return replications < Most ? PrecisionStep.More : PrecisionStep.GivenUp;
    }

    /// <summary>How many replications there are to be before one asks again: a quarter more, so that few
    /// are done in vain and many machines have work.</summary>
    public int Next(int replications) =>
        replications < Least ? Least : Math.Min(Most, replications + Math.Max(2, replications / 4));
}
