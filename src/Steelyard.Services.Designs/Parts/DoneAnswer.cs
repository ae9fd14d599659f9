namespace Steelyard.Services.Designs.Parts;

/// <summary>What a request is answered.</summary>
/// <param name="Done">Whether it was done; false is a refusal.</param>
internal sealed record DoneAnswer(bool Done);
