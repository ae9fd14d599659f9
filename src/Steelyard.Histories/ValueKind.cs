namespace Steelyard.Histories;

/// <summary>What a <see cref="Value"/> holds.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing: EDN's nil, JSON's null.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A 64-bit signed integer.</summary>
    Integer,

    /// <summary>A double.</summary>
    Real,

    /// <summary>A string; EDN's keywords become text without their colon.</summary>
    Text,

    /// <summary>An ordered list.</summary>
    List,

    /// <summary>Pairs, sorted by key, keys unique.</summary>
    Map,
}
