using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Steelyard.Services.Determinism.Static;

namespace Steelyard.Analyzers;

/// <summary>
/// Warns, where it is written, of every call that leaves the services world: what
/// <c>steelyard doctor --app</c> finds in an assembly that is built already. One warning for each kind, so
/// that a kind may be switched off.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EscapeAnalyzer : DiagnosticAnalyzer
{
    static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_kinds = new[]
    {
        // The world answers these where services run on the copy of the runtime, which is the rule.
        Describe("STY1001", "clock", DiagnosticSeverity.Info),
        Describe("STY1002", "random", DiagnosticSeverity.Info),
        Describe("STY1003", "thread"),
        Describe("STY1004", "blocking"),
        Describe("STY1005", "network"),
        Describe("STY1006", "machine"),
        Describe("STY1007", "hash order"),
    }.ToImmutableDictionary(kind => kind.CustomTags.Single(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. s_kinds.Values.OrderBy(kind => kind.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(
            found => Check(found, ((IInvocationOperation)found.Operation).TargetMethod),
            OperationKind.Invocation);
        context.RegisterOperationAction(
            found => Check(found, ((IObjectCreationOperation)found.Operation).Constructor),
            OperationKind.ObjectCreation);
        context.RegisterOperationAction(
            found => Check(found, ((IMethodReferenceOperation)found.Operation).Method),
            OperationKind.MethodReference);
        context.RegisterOperationAction(
            found => Check(found, ((IPropertyReferenceOperation)found.Operation).Property.GetMethod),
            OperationKind.PropertyReference);
        context.RegisterOperationAction(CheckLoop, OperationKind.Loop);
    }

    static void CheckLoop(OperationAnalysisContext found)
    {
        // A foreach calls what nobody wrote.
        if (found.Operation is IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop } each)
            Check(found, each.SemanticModel?.GetForEachStatementInfo(loop).GetEnumeratorMethod,
                loop.Expression.GetLocation());
    }

    static void Check(OperationAnalysisContext found, IMethodSymbol? called, Location? place = null)
    {
        if (called is null || EscapeRules.Broken(NameOf(called)) is not { } rule)
            return;
        found.ReportDiagnostic(Diagnostic.Create(
            s_kinds[rule.Kind], place ?? found.Operation.Syntax.GetLocation(), NameOf(called).InSource,
            rule.Advice));
    }

    static CalledMember NameOf(IMethodSymbol called)
    {
        var method = called.ReducedFrom ?? called;
        return new(
            NameOf(method.ContainingType),
            [.. method.ContainingType.TypeArguments.Select(NameOf)],
            method.MetadataName,
            [.. method.OriginalDefinition.Parameters.Select(parameter => NameOf(parameter.Type))]);
    }

    static string NameOf(ITypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{NameOf(outer)}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{type.MetadataName}"
            : type.MetadataName;
    }

    static DiagnosticDescriptor Describe(
        string id, string kind, DiagnosticSeverity severity = DiagnosticSeverity.Warning) => new(
        id, $"A call leaves the services world ({kind})",
        $"{{0}} leaves the services world ({kind}): expected {{1}}", "Steelyard", severity,
        isEnabledByDefault: true, customTags: kind);
}
