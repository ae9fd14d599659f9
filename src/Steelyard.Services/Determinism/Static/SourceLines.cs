using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Steelyard.Services.Determinism.Static;

/// <summary>The source lines of an assembly's instructions, where its portable symbols are at hand.</summary>
internal sealed class SourceLines : IDisposable
{
    readonly MetadataReaderProvider? _symbols;

    SourceLines(MetadataReaderProvider? symbols) => _symbols = symbols;

    /// <summary>The symbols beside an assembly or inside of it.</summary>
    public static SourceLines Of(PEReader image, string path)
    {
        try
        {
            image.TryOpenAssociatedPortablePdb(
                path, file => File.Exists(file) ? File.OpenRead(file) : null, out var symbols, out _);
            return new(symbols);
        }
        catch (BadImageFormatException)
        {
            // Symbols of an older kind: the calls are found all the same.
            return new(null);
        }
    }

    /// <summary>The line of an instruction; null and 0 where it is not known.</summary>
    public (string? File, int Line) At(MethodDefinitionHandle method, int offset) =>
        Place(PointsOf(method).LastOrDefault(point => point.Offset <= offset));

    /// <summary>The line on which a method's code begins; null and 0 where it is not known.</summary>
    public (string? File, int Line) First(MethodDefinitionHandle method) =>
        Place(PointsOf(method).FirstOrDefault());

    IEnumerable<SequencePoint> PointsOf(MethodDefinitionHandle method) =>
        _symbols?.GetMetadataReader()
            .GetMethodDebugInformation(
                MetadataTokens.MethodDebugInformationHandle(MetadataTokens.GetRowNumber(method)))
            .GetSequencePoints().Where(point => !point.IsHidden)
        ?? [];

    (string? File, int Line) Place(SequencePoint found)
    {
        if (_symbols?.GetMetadataReader() is not { } reader)
            return (null, 0);
        return found.Document.IsNil
            ? (null, 0)
            : (Path.GetFileName(reader.GetString(reader.GetDocument(found.Document).Name).Replace('\\', '/')),
                found.StartLine);
    }

    /// <inheritdoc/>
    public void Dispose() => _symbols?.Dispose();
}
