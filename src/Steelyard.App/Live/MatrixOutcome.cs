using Steelyard.Live.Matrix;

namespace Steelyard.App.Live;

/// <summary>What came of a row of the matrix.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Row">The row.</param>
/// <param name="Occurred">Whether it happened; null where that was not found out.</param>
/// <param name="Evidence">One line: what was seen, or why nothing was.</param>
/// <param name="Folder">Where the whole of it is; null where there is none.</param>
internal sealed record MatrixOutcome(
    string Engine, MatrixRow Row, bool? Occurred, string Evidence, string? Folder)
{
    /// <summary>Whether it is as expected; null where that was not found out.</summary>
    public bool? Agrees => Row.Expected switch
    {
        Expectation.Occurs => Occurred,
        Expectation.Prevented => !Occurred,
        _ => Occurred is null ? null : true,
    };

    /// <summary>What was found, in a word.</summary>
    public string Found => Occurred switch
    {
        true => "occurs",
        false => Row.Expected == Expectation.Prevented ? "prevented" : "not seen",
        null => "not found out",
    };

    /// <summary>What was expected, in a word or two.</summary>
    public string Expected => Row.Expected switch
    {
        Expectation.Occurs => "occurs",
        Expectation.MayOccur => "may occur",
        _ => "prevented",
    };
}
