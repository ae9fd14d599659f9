using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Steelyard.Tests;

/// <summary>What we hold our own code to that only its syntax tells: names, namespaces, lengths of
/// functions.</summary>
public sealed class SyntaxTidyTests
{
    const int LongestFunction = 70;

    static readonly string[] Folders = ["src", "analyzers", "tests", "bench"];

    // What the compiler looks for under a name of its own.
    const string CompilerNamespace = "System.Runtime.CompilerServices";

    static readonly Lazy<IReadOnlyList<ParsedFile>> s_files = new(
        () => [.. Repository.Files(".cs", Folders).Select(ParsedFile.Of)]);

    [Fact]
    public void A_type_name_means_one_thing() => Offenders.None(s_files.Value
        .SelectMany(file => file.Types.Select(type => (file.Path, Type: type)))
        .GroupBy(one => one.Type, StringComparer.Ordinal)
        .Where(same => same.Select(one => OwnerOf(one.Path)).Distinct(StringComparer.Ordinal).Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(one => one.Path))}"));

    [Fact]
    public void A_namespace_follows_its_folder() => Offenders.None(s_files.Value
        .Where(file => file.Namespace is not null and not CompilerNamespace)
        .Where(file => file.Namespace != NamespaceOf(file.Path))
        .Select(file => $"{file.Path}: expected {NamespaceOf(file.Path)}, found {file.Namespace}"));

    [Fact]
    public void No_function_is_longer_than_70_lines() =>
        Offenders.None(s_files.Value.SelectMany(file => LongFunctions(file.Path, file.Root)));

    [Theory]
    [InlineData("class A\n{\n    void Long()\n    {\nBODY    }\n}\n")]
    [InlineData("class A {\n    void Long() {\nBODY    }\n}\n")]
    [InlineData("class A\n{\n    int Long() => Sum(\nBODY        0);\n}\n")]
    [InlineData("class A\n{\n    A()\n    {\n        void Long() {\nBODY        }\n    }\n}\n")]
    [InlineData("class A\n{\n    int P\n    {\n        get\n        {\nBODY        }\n    }\n}\n")]
    public void A_function_that_is_too_long_is_noticed_whatever_its_braces(string code)
    {
        var line = code.Contains("Sum", StringComparison.Ordinal) ? "        1,\n" : "        Work();\n";
        var text = code.Replace(
            "BODY", string.Concat(Enumerable.Repeat(line, LongestFunction)), StringComparison.Ordinal);

        Assert.NotEmpty(LongFunctions("a.cs", CSharpSyntaxTree.ParseText(text).GetRoot()));
        Assert.Empty(LongFunctions(
            "a.cs", CSharpSyntaxTree.ParseText(code.Replace("BODY", line, StringComparison.Ordinal)).GetRoot(
                )));
    }

    static IEnumerable<string> LongFunctions(string path, SyntaxNode root)
    {
        foreach (var function in root.DescendantNodes().Where(IsFunction))
        {
            var span = function.SyntaxTree.GetLineSpan(function.Span);
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > LongestFunction)
                yield return $"{path}:{span.StartLinePosition.Line + 1}: {lines} lines";
        }
    }

    static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        || node is PropertyDeclarationSyntax { ExpressionBody: not null }
        || node is AnonymousFunctionExpressionSyntax;

    static string NamespaceOf(string path) => string.Join('.', path.Split('/')[1..^1]);

    // A partial type lives in several files of one folder.
    static string OwnerOf(string path) => Path.GetDirectoryName(path)!;

    /// <summary>A file of ours and the types at its top.</summary>
    sealed record ParsedFile(string Path, SyntaxNode Root, string? Namespace, IReadOnlyList<string> Types)
    {
        public static ParsedFile Of(SourceFile file)
        {
            var root = CSharpSyntaxTree.ParseText(file.Text).GetCompilationUnitRoot();
            var space = root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
            var members = space?.Members ?? root.Members;
            return new(file.Path, root, space?.Name.ToString(),
            [
                .. members.OfType<BaseTypeDeclarationSyntax>().Select(type => Named(type.Identifier, type)),
                .. members.OfType<DelegateDeclarationSyntax>().Select(type => type.Identifier.Text),
            ]);
        }

        static string Named(SyntaxToken name, BaseTypeDeclarationSyntax type) =>
            type is TypeDeclarationSyntax { TypeParameterList: { } parameters }
                ? $"{name.Text}<{new string(',', parameters.Parameters.Count - 1)}>"
                : name.Text;
    }
}
