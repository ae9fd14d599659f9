namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>The time that a register holds one value: what brought it, who read it, and what took it
/// away.</summary>
internal struct ValueSpan
{
    /// <summary>No operation, and no span.</summary>
    public const int None = -1;

    public ValueSpan() => (Installer, Before, Next, FirstReader, LastReader) = (None, None, None, None, None);

    /// <summary>The write or exchange that brought the value, by history index; none for the initial
    /// value.</summary>
    public int Installer { get; set; }

    /// <summary>Where an exchange brought it: the span of the value that it expected.</summary>
    public int Before { get; set; }

    /// <summary>The span that an exchange put in its place.</summary>
    public int Next { get; set; }

    /// <summary>Whether every explanation must contain it.</summary>
    public bool IsRequired { get; set; }

    /// <summary>The reader that returned first, and the one that began last.</summary>
    public int FirstReader { get; set; }

    public int LastReader { get; set; }

    public int Reads { get; set; }
}
