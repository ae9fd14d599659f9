namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>A put or an append, and those that read the text it left.</summary>
/// <param name="piece">What it brought.</param>
internal sealed class TextLink(TextPiece piece)
{
    /// <summary>Stands for one of several operations, where it is not known which.</summary>
    public const int NotKnown = -3;

    /// <summary>What it brought.</summary>
    public TextPiece Piece => piece;

    /// <summary>Its history index; <see cref="TextPiece.Initial"/> or <see cref="NotKnown"/>.</summary>
    public int Operation { get; set; } = piece.IsKnown ? piece.Operations[0] : NotKnown;

    /// <summary>The reader that returned first, or -1.</summary>
    public int FirstReader { get; private set; } = -1;

    /// <summary>The reader that began last, or -1.</summary>
    public int LastReader { get; private set; } = -1;

    /// <summary>How many read it.</summary>
    public int Reads { get; private set; }

    /// <summary>Takes a reader in; they come by return.</summary>
    public void Add(int reader)
    {
        FirstReader = FirstReader < 0 ? reader : FirstReader;
        LastReader = Math.Max(LastReader, reader);
        Reads++;
    }
}
