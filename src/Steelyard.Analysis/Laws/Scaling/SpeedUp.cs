namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>How much faster n workers are than one.</summary>
public static class SpeedUp
{
    /// <summary>Amdahl's law: work of one size (Amdahl 1967, "Validity of the single processor approach to
    /// achieving large scale computing capabilities").</summary>
    /// <param name="parallelShare">Of the work, 0 to 1.</param>
    /// <param name="workers">n, at least 1; may be infinite.</param>
    public static double Amdahl(double parallelShare, double workers) =>
        1 / (1 - parallelShare + (parallelShare / workers));

    /// <summary>Gustafson's law: work that grows with the workers (Gustafson 1988, "Reevaluating Amdahl's
    /// law").</summary>
    /// <param name="parallelShare">Of the time on n workers, 0 to 1.</param>
    /// <param name="workers">n, at least 1.</param>
    public static double Gustafson(double parallelShare, double workers) =>
        1 - parallelShare + (parallelShare * workers);
}
