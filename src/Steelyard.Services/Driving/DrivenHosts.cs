namespace Steelyard.Services.Driving;

/// <summary>The hosts that a load is put on.</summary>
/// <param name="Applications">Those with applications.</param>
/// <param name="Databases">The databases.</param>
/// <param name="Watched">Those whose requests are read at the end.</param>
internal sealed record DrivenHosts(
    IReadOnlyList<string> Applications, IReadOnlyList<string> Databases, IReadOnlyList<string> Watched);
