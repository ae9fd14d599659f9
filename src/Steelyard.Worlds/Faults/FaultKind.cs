using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>The row of a kind of fault: all that is to be known of it without one at hand.</summary>
/// <param name="name">Its name in plans and histories.</param>
/// <param name="summary">What it does, in one sentence.</param>
/// <param name="blank">One of the kind that says nothing yet; reading a plan fills it in.</param>
public sealed class FaultKind(string name, string summary, Fault blank)
{
    /// <summary>Its name in plans and histories.</summary>
    public string Name => name;

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => summary;

    /// <summary>One of the kind that says nothing yet; reading a plan fills it in.</summary>
    public Fault Blank => blank;

    /// <summary>The palette it belongs to, as named after <c>--faults</c>.</summary>
    public required string Word { get; init; }

    /// <summary>What a scenario must have for such a fault to be planned.</summary>
    public required string Needs { get; init; }

    /// <summary>What a plan says of it besides its kind, its begin and its length, in order.</summary>
    public required IReadOnlyList<FaultField> Fields { get; init; }

    /// <summary>What a plan says of it, as an example: <c>nodes: [n1], torn: true</c>.</summary>
    public required string Example { get; init; }

    /// <summary>How a nemesis draws faults that have to do with it.</summary>
    public IReadOnlyList<FaultDraw> Draws { get; init; } = [];

    /// <summary>How a nemesis draws such faults that a scenario does not tolerate.</summary>
    public IReadOnlyList<FaultDraw> Excesses { get; init; } = [];

    /// <summary>What a tolerance becomes where somebody asks for faults of this kind by their word, and
    /// wants to see them, however mild.</summary>
    public Func<FaultTolerance, Scenario, FaultTolerance> AtLeastMild { get; init; } =
        static (tolerance, _) => tolerance;

    /// <summary>False for faults that promises with a time limit allow for, such as those of
    /// clocks.</summary>
    public bool Disturbs { get; init; } = true;

    /// <summary>What a plan says of a fault besides its kind and times.</summary>
    internal Value DetailsOf(Fault fault)
    {
        var told = Fields.Where(field => !field.IsHit)
            .Select(field => (Key: (Value)field.Key, Value: field.ValueIn(fault)))
            .Where(pair => !pair.Value.IsNil)
            .ToArray();
        return told.Length == 0 ? Value.Nil : Value.Map(told);
    }
}
