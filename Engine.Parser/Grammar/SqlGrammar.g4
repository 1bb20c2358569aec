// The statements of QueryEngine: PostgreSQL's grammar with the additions of Presto and DuckDB.
//
// Three things keep it fast and its errors sharp. Expressions stand in two left-recursive rules, not in a ladder of one rule per precedence.
// What starts alike is one alternative (a name, a call, a typed literal), told apart by its end or by the builder. What cannot be told apart
// by a few tokens is told apart by SqlTokenizer: '?' and ':' as operator or parameter, '->' of a lambda.
parser grammar SqlGrammar;

options {
    tokenVocab = SqlTokens;
    superClass = DepthGuardedParser;
}

// ---------------------------------------------------------------------------------------------------------------- entry points

script : statement? (';' statement?)* EOF ;

standaloneExpression : expression EOF ;

standaloneType : typeName EOF ;

// ---------------------------------------------------------------------------------------------------------------- statements

statement
    : dataStatement
    | explainStatement
    | copyStatement
    | createStatement
    | dropStatement
    | alterStatement
    | truncateStatement
    | refreshStatement
    | commentStatement
    | showStatement
    | describeStatement
    | settingStatement
    | preparedStatement
    | transactionStatement
    | cursorStatement
    | sessionStatement
    ;

dataStatement : with? (queryNoWith | insert | update | delete) ;

insert
    : INSERT (INTO | OVERWRITE (INTO | TABLE)?) qualifiedName (AS alias=identifier)? columnNames? (BY (NAME | POSITION))?
      (query | DEFAULT VALUES) returning?
    ;

update : UPDATE qualifiedName (AS? alias=identifier)? SET assignment (',' assignment)* from? where? returning? ;

assignment
    : identifier '=' expressionOrDefault
    | columnNames '=' expression
    ;

delete : DELETE FROM qualifiedName (AS? alias=identifier)? (USING relation (',' relation)*)? where? returning? ;

returning : RETURNING selectItems ;

truncateStatement : TRUNCATE TABLE? qualifiedName (',' qualifiedName)* ;

refreshStatement : REFRESH MATERIALIZED VIEW qualifiedName ;

explainStatement : EXPLAIN ('(' optionItem (',' optionItem)* ')' | ANALYZE? VERBOSE?) explainable ;

explainable
    : dataStatement
    | createStatement
    | copyStatement
    | preparedStatement
    | cursorStatement
    ;

// ---------------------------------------------------------------------------------------------------------------- COPY

copyStatement
    : COPY (qualifiedName columnNames? | '(' query ')') (FROM | TO) copyTarget
      WITH? ('(' optionItem (',' optionItem)* ')' | legacyCopyOption*) where?
    ;

copyTarget
    : stringLiteral
    | parameter
    | STDIN
    | STDOUT
    ;

// PostgreSQL's spelling before 9.0, which drivers still send: COPY t TO STDOUT CSV HEADER DELIMITER ';'
legacyCopyOption
    : FORCE (QUOTE | NOT? NULL) (identifier (',' identifier)* | '*')
    | (identifier | NULL | BINARY) (AS? stringLiteral)?
    ;

// ---------------------------------------------------------------------------------------------------------------- definitions

createStatement
    : CREATE (OR REPLACE)? (LOCAL | GLOBAL)? (TEMP | TEMPORARY)? EXTERNAL? TABLE ifNotExists? qualifiedName
      ('(' tableElement (',' tableElement)* ')')? storageClause* (AS query withData?)?                              # createTable
    | CREATE (OR REPLACE)? (TEMP | TEMPORARY)? MATERIALIZED? VIEW ifNotExists? qualifiedName columnNames?
      storageClause* AS query withData?                                                                             # createView
    | CREATE (OR REPLACE)? SCHEMA ifNotExists? qualifiedName (WITH '(' optionItem (',' optionItem)* ')')?           # createSchema
    | CREATE (OR REPLACE)? (TEMP | TEMPORARY)? (MACRO | FUNCTION) ifNotExists? qualifiedName
      '(' (macroParameter (',' macroParameter)*)? ')' AS (TABLE query | expression)                                 # createMacro
    | CREATE (OR REPLACE)? (TEMP | TEMPORARY)? SEQUENCE ifNotExists? qualifiedName sequenceOption*                  # createSequence
    | CREATE (OR REPLACE)? (TEMP | TEMPORARY)? TYPE ifNotExists? qualifiedName AS typeName                          # createType
    | CREATE UNIQUE? INDEX ifNotExists? identifier? ON qualifiedName (USING identifier)?
      '(' sortItem (',' sortItem)* ')'                                                                              # createIndex
    ;

sequenceOption
    : AS typeName
    | START WITH? signedInteger
    | INCREMENT BY? signedInteger
    | (MINVALUE | MAXVALUE) signedInteger
    | NO (MINVALUE | MAXVALUE | CYCLE)
    | CYCLE
    | CACHE signedInteger
    ;

ifNotExists : IF NOT EXISTS ;

ifExists : IF EXISTS ;

withData : WITH NO? DATA ;

tableElement
    : identifier typeName? columnConstraint*
    | (CONSTRAINT identifier)? tableConstraint
    ;

columnConstraint
    : (CONSTRAINT identifier)? NOT? NULL                                    # nullability
    | (CONSTRAINT identifier)? DEFAULT expression                           # columnDefault
    | (CONSTRAINT identifier)? (PRIMARY KEY | UNIQUE)                       # columnKey
    | (CONSTRAINT identifier)? CHECK '(' expression ')'                     # columnCheck
    | (CONSTRAINT identifier)? REFERENCES qualifiedName columnNames?        # columnReferences
    | COMMENT stringLiteral                                                 # columnComment
    | COLLATE qualifiedName                                                 # columnCollation
    ;

tableConstraint
    : (PRIMARY KEY | UNIQUE) columnNames                                    # tableKey
    | CHECK '(' expression ')'                                              # tableCheck
    | FOREIGN KEY columnNames REFERENCES qualifiedName columnNames?         # tableForeignKey
    ;

storageClause
    : LOCATION stringLiteral                                                # storageLocation
    | FORMAT (identifier | stringLiteral)                                   # storageFormat
    | STORED AS (identifier | stringLiteral)                                # storageFormat
    | PARTITIONED BY '(' partitionColumn (',' partitionColumn)* ')'         # storagePartitions
    | SORTED BY '(' sortItem (',' sortItem)* ')'                            # storageOrder
    | (OPTIONS | WITH) '(' optionItem (',' optionItem)* ')'                 # storageOptions
    | COMMENT stringLiteral                                                 # storageComment
    | ON COMMIT PRESERVE ROWS                                               # storageOnCommit
    ;

partitionColumn : expression typeName? ;

macroParameter : identifier ((':=' | '=>') expression)? ;

dropStatement
    : DROP objectKind ifExists? qualifiedName (',' qualifiedName)* (CASCADE | RESTRICT)?
    ;

objectKind
    : EXTERNAL? TABLE
    | MATERIALIZED? VIEW
    | SCHEMA
    | FUNCTION
    | MACRO
    | DATABASE
    | SEQUENCE
    | INDEX
    | TYPE
    ;

alterStatement : ALTER objectKind ifExists? qualifiedName alterAction (',' alterAction)* ;

alterAction
    : ADD COLUMN? ifNotExists? tableElement                                 # addColumn
    | DROP CONSTRAINT ifExists? identifier (CASCADE | RESTRICT)?            # dropConstraint
    | DROP COLUMN? ifExists? identifier (CASCADE | RESTRICT)?               # dropColumn
    | RENAME TO identifier                                                  # rename
    | RENAME COLUMN? identifier TO identifier                               # renameColumn
    | SET SCHEMA identifier                                                 # setSchema
    | SET LOCATION stringLiteral                                            # setLocation
    | SET OPTIONS? '(' optionItem (',' optionItem)* ')'                     # setOptions
    | ALTER COLUMN? identifier (SET DATA)? TYPE typeName (USING expression)? # alterColumnType
    | ALTER COLUMN? identifier (SET DEFAULT expression | DROP DEFAULT)      # alterColumnDefault
    | ALTER COLUMN? identifier (SET | DROP) NOT NULL                        # alterColumnNullability
    ;

commentStatement : COMMENT ON (COLUMN | objectKind) qualifiedName IS (stringLiteral | NULL) ;

// NAME value, NAME = value, NAME (a, b), NAME *
optionItem : (identifier ('.' label)* | ANALYZE | VERBOSE | NULL | stringLiteral) '='? optionValue? ;

optionValue
    : label
    | stringLiteral
    | ('+' | '-')? number
    | parameter
    | '*'
    | '(' optionValue (',' optionValue)* ')'
    | '[' optionValue (',' optionValue)* ']'
    ;

// ---------------------------------------------------------------------------------------------------------------- session

showStatement
    : SHOW (TABLES | VIEWS | SCHEMAS | FUNCTIONS) ((FROM | IN) qualifiedName)? (LIKE stringLiteral)?  # showObjects
    | SHOW (CATALOGS | DATABASES | QUERIES) (LIKE stringLiteral)?                               # showObjects
    | SHOW COLUMNS (FROM | IN) qualifiedName (LIKE stringLiteral)?                              # showObjects
    | SHOW PARTITIONS (FROM | IN) qualifiedName                                                 # showObjects
    | SHOW (SESSION | SETTINGS | ALL) (LIKE stringLiteral)?                                     # showObjects
    | SHOW STATS FOR (qualifiedName | '(' query ')')                                            # showStats
    | SHOW CREATE (TABLE | VIEW | SCHEMA) qualifiedName                                         # showCreate
    | SHOW TIME ZONE                                                                            # showVariable
    | SHOW TRANSACTION ISOLATION LEVEL                                                          # showVariable
    | SHOW qualifiedName                                                                        # showVariable
    ;

describeStatement
    : (DESCRIBE | DESC) (INPUT | OUTPUT) identifier                                             # describePrepared
    | (DESCRIBE | DESC) OUTPUT '(' query ')'                                                    # describeQuery
    | (DESCRIBE | DESC) TABLE qualifiedName                                                     # describeTable
    | (DESCRIBE | DESC) query                                                                   # describeQuery
    | (DESCRIBE | DESC) relationPrimary                                                         # describeRelation
    | SUMMARIZE query                                                                           # summarizeQuery
    | SUMMARIZE relationPrimary                                                                 # summarizeRelation
    ;

settingStatement
    : SET (SESSION | LOCAL)? qualifiedName (TO | '=') (DEFAULT | settingValue (',' settingValue)*)  # setVariable
    | SET (SESSION | LOCAL)? TIME ZONE settingValue                                             # setTimeZone
    | SET (SESSION | LOCAL)? (NAMES | SCHEMA | ROLE) settingValue                               # setSpecial
    | SET SESSION CHARACTERISTICS AS TRANSACTION transactionModes                               # setSessionTransaction
    | SET (SESSION | LOCAL)? TRANSACTION transactionModes                                       # setTransaction
    | RESET (ALL | TIME ZONE | qualifiedName)                                                   # resetVariable
    ;

settingValue
    : label
    | stringLiteral
    | ('+' | '-')? number
    | interval
    | parameter
    ;

preparedStatement
    : PREPARE identifier ('(' typeName (',' typeName)* ')')? (AS | FROM) statement              # prepare
    | EXECUTE identifier (('(' expression (',' expression)* ')') | USING expression (',' expression)*)?  # execute
    | DEALLOCATE PREPARE? (ALL | identifier)                                                    # deallocate
    ;

transactionStatement
    : (BEGIN (WORK | TRANSACTION)? | START TRANSACTION) transactionModes?                       # begin
    | (COMMIT | END) (WORK | TRANSACTION)? (AND NO? CHAIN)?                                     # commit
    | (ROLLBACK | ABORT) (WORK | TRANSACTION)? (AND NO? CHAIN)?                                 # rollback
    | ROLLBACK (WORK | TRANSACTION)? TO SAVEPOINT? identifier                                   # rollbackTo
    | SAVEPOINT identifier                                                                      # savepoint
    | RELEASE SAVEPOINT? identifier                                                             # release
    ;

transactionModes : transactionMode (','? transactionMode)* ;

transactionMode
    : ISOLATION LEVEL (READ UNCOMMITTED | READ COMMITTED | REPEATABLE READ | SERIALIZABLE)
    | READ (ONLY | WRITE)
    | NOT? DEFERRABLE
    ;

cursorStatement
    : DECLARE identifier (BINARY | INSENSITIVE | ASENSITIVE | NO? SCROLL)* CURSOR ((WITH | WITHOUT) HOLD)? FOR query  # declareCursor
    | (FETCH | MOVE) (fetchDirection (FROM | IN)? | (FROM | IN))? identifier                    # fetchCursor
    | CLOSE (ALL | identifier)                                                                  # closeCursor
    ;

fetchDirection
    : NEXT
    | PRIOR
    | FIRST
    | LAST
    | (ABSOLUTE | RELATIVE) signedInteger
    | signedInteger
    | ALL
    | (FORWARD | BACKWARD) (signedInteger | ALL)?
    ;

signedInteger : ('+' | '-')? IntegerLiteral ;

sessionStatement
    : USE qualifiedName                                                                         # use
    | DISCARD (ALL | PLANS | SEQUENCES | TEMP | TEMPORARY)                                      # discard
    | LISTEN identifier                                                                         # listen
    | UNLISTEN (identifier | '*')                                                               # unlisten
    | NOTIFY identifier (',' stringLiteral)?                                                    # notify
    | ANALYZE VERBOSE? (analyzeTarget (',' analyzeTarget)*)?                                    # analyze
    | CALL qualifiedName '(' (argument (',' argument)*)? ')'                                    # callProcedure
    | (KILL | CANCEL) QUERY valueExpression                                                     # kill
    ;

analyzeTarget : qualifiedName columnNames? ;

// ---------------------------------------------------------------------------------------------------------------- queries

query : with? queryNoWith ;

with : WITH RECURSIVE? commonTable (',' commonTable)* ;

commonTable : identifier columnNames? AS (NOT? MATERIALIZED)? '(' query ')' ;

queryNoWith : queryBody orderBy? limitOption* lockingClause* ;

orderBy : ORDER BY sortItem (',' sortItem)* ;

sortItem : (expression | ALL | '*') (ASC | DESC)? (NULLS (FIRST | LAST))? ;

limitOption
    : LIMIT (ALL | expression)                                                                  # limit
    | OFFSET expression (ROW | ROWS)?                                                           # offset
    | FETCH (FIRST | NEXT) valueExpression? (ROW | ROWS) (ONLY | WITH TIES)                     # fetchFirst
    ;

// Accepted for the clients that write it; there are no row locks to take.
lockingClause : FOR (UPDATE | NO KEY UPDATE | SHARE | KEY SHARE) (OF qualifiedName (',' qualifiedName)*)? (NOWAIT | SKIP_ LOCKED)? ;

queryBody
    : queryPrimary                                                                              # bodyPrimary
    | left=queryBody INTERSECT (ALL | DISTINCT)? (BY NAME)? right=queryBody                     # setOperation
    | left=queryBody (UNION | EXCEPT) (ALL | DISTINCT)? (BY NAME)? right=queryBody              # setOperation
    ;

queryPrimary
    : SELECT selectClause intoClause? from? selectTail                                          # select
    | from (SELECT selectClause)? selectTail                                                    # select
    | VALUES valuesRow (',' valuesRow)*                                                         # values
    | TABLE qualifiedName                                                                       # table
    | '(' query ')'                                                                             # parenthesizedQuery
    | PIVOT tableFactor ON pivotOn (',' pivotOn)* (USING selectItem (',' selectItem)*)? (GROUP BY expression (',' expression)*)?  # pivotQuery
    | UNPIVOT tableFactor ON unpivotGroup (',' unpivotGroup)* (INTO NAME identifier VALUE identifier (',' identifier)*)?         # unpivotQuery
    ;

selectClause : (ALL | DISTINCT (ON '(' expression (',' expression)* ')')?)? selectItems? ;

intoClause : INTO (LOCAL | GLOBAL)? (TEMP | TEMPORARY)? TABLE? qualifiedName ;

selectTail : where? groupBy? having? (windowClause qualify? | qualify windowClause?)? ;

selectItems : selectItem (',' selectItem)* ','? ;

selectItem
    : star
    | expression (AS label | bareLabel)?
    ;

star : '*' starChange* ;

starChange
    : EXCLUDE (qualifiedName | '(' qualifiedName (',' qualifiedName)* ')')
    | EXCEPT '(' qualifiedName (',' qualifiedName)* ')'
    | REPLACE '(' starReplacement (',' starReplacement)* ')'
    | RENAME (starRenaming | '(' starRenaming (',' starRenaming)* ')')
    ;

starReplacement : expression AS? identifier ;

starRenaming : qualifiedName AS identifier ;

from : FROM relation (',' relation)* ;

where : WHERE expression ;

groupBy : GROUP BY (ALL | (DISTINCT | ALL)? groupingElement (',' groupingElement)*) ;

groupingElement
    : GROUPING SETS '(' groupingElement (',' groupingElement)* ')'                              # groupingSets
    | ROLLUP '(' groupingSet (',' groupingSet)* ')'                                             # rollup
    | CUBE '(' groupingSet (',' groupingSet)* ')'                                               # cube
    | groupingSet                                                                               # simpleGrouping
    ;

// '(a, b)' is read as a row and taken apart by the builder.
groupingSet
    : '(' ')'
    | expression
    ;

having : HAVING expression ;

windowClause : WINDOW namedWindow (',' namedWindow)* ;

namedWindow : identifier AS '(' windowSpecification ')' ;

qualify : QUALIFY expression ;

// Without parentheses only constants: (values - 1) is an expression on a column called values.
valuesRow
    : '(' expressionOrDefault (',' expressionOrDefault)* ')'
    | literal
    | parameter
    ;

expressionOrDefault
    : DEFAULT
    | expression
    ;

// ---------------------------------------------------------------------------------------------------------------- FROM

relation
    : tableFactor                                                                               # singleRelation
    | left=relation CROSS JOIN right=tableFactor                                                # crossJoin
    | left=relation NATURAL joinType JOIN right=tableFactor                                     # naturalJoin
    | left=relation ASOF? joinType JOIN rightRelation=relation joinCriteria                     # join
    ;

joinType
    : INNER?
    | (LEFT | RIGHT | FULL) OUTER?
    | LEFT? (SEMI | ANTI)
    ;

joinCriteria
    : ON expression
    | USING '(' identifier (',' identifier)* ')'
    ;

tableFactor : relationPrimary tableAlias? (pivotSuffix tableAlias?)* tableSample? ;

relationPrimary
    : LATERAL? '(' query ')'                                                                    # subqueryRelation
    | '(' relation ')'                                                                          # parenthesizedRelation
    | LATERAL qualifiedName '(' arguments? ')' (WITH ORDINALITY)?                               # namedRelation
    | qualifiedName ('(' arguments? ')' (WITH ORDINALITY)?)?                                    # namedRelation
    | stringLiteral                                                                             # fileName
    | sessionValue ('(' ')')?                                                                   # sessionRelation
    ;

tableAlias
    : (AS identifier | tableAliasName) ('(' aliasColumn (',' aliasColumn)* ')')?
    | AS '(' aliasColumn (',' aliasColumn)* ')'
    ;

aliasColumn : identifier typeName? ;

tableSample : TABLESAMPLE identifier '(' expression ')' (REPEATABLE '(' expression ')')? ;

pivotSuffix
    : PIVOT '(' selectItem (',' selectItem)* FOR pivotFor+ (GROUP BY expression (',' expression)*)? ')'
    | UNPIVOT ((INCLUDE | EXCLUDE) NULLS)? '(' unpivotValues FOR identifier IN '(' unpivotGroup (',' unpivotGroup)* ')' ')'
    ;

pivotFor : valueExpression IN '(' selectItem (',' selectItem)* ')' ;

pivotOn : valueExpression (IN '(' selectItem (',' selectItem)* ')')? ;

unpivotValues
    : identifier
    | columnNames
    ;

unpivotGroup : valueExpression (AS (label | stringLiteral))? ;

// ---------------------------------------------------------------------------------------------------------------- expressions

// From tight to loose: PostgreSQL's table "Operator Precedence". Everything tighter than BETWEEN is in valueExpression, so that the AND of
// BETWEEN is never taken for a logical one.
expression
    : valueExpression                                                                           # valueOnly
    | expression NOT? BETWEEN (SYMMETRIC | ASYMMETRIC)? valueExpression AND valueExpression     # between
    | expression NOT? IN '(' query ')'                                                          # inSubquery
    | expression NOT? IN '(' expression (',' expression)* ')'                                   # inList
    | expression NOT? IN simplePrimary                                                          # inArray
    | expression NOT? (LIKE | ILIKE | SIMILAR TO) valueExpression (ESCAPE valueExpression)?     # like
    | expression NOT? (LIKE | ILIKE) quantifier '(' (query | expression) ')'                    # quantifiedLike
    | left=expression OVERLAPS right=valueExpression                                            # overlaps
    | expression comparisonOperator quantifier '(' (query | expression) ')'                     # quantifiedComparison
    | left=expression comparisonOperator right=expression                                       # comparison
    | expression IS NOT? (NULL | TRUE | FALSE | UNKNOWN)                                        # isTest
    | left=expression IS NOT? DISTINCT FROM right=expression                                    # distinctFrom
    | expression (ISNULL | NOTNULL)                                                             # isTest
    | NOT expression                                                                            # not
    | left=expression AND right=expression                                                      # and
    | left=expression OR right=expression                                                       # or
    ;

comparisonOperator
    : '='
    | '<>'
    | '<'
    | '<='
    | '>'
    | '>='
    ;

quantifier
    : ANY
    | SOME
    | ALL
    ;

valueExpression
    : primary                                                                                   # primaryOnly
    | valueExpression '::' typeName                                                             # typecast
    | valueExpression '[' (lower=expression (':' upper=expression?)? | ':' upper=expression?) ']' fieldPath?  # subscript
    | ('+' | '-') valueExpression                                                               # sign
    | valueExpression COLLATE qualifiedName                                                     # collate
    | valueExpression AT (TIME ZONE zone=valueExpression | LOCAL)                               # atTimeZone
    | left=valueExpression '^' right=valueExpression                                            # arithmetic
    | left=valueExpression ('*' | '/' | '%' | '//') right=valueExpression                       # arithmetic
    | left=valueExpression ('+' | '-') right=valueExpression                                    # arithmetic
    | Operator valueExpression                                                                  # prefixOperator
    | left=valueExpression infixOperator right=valueExpression                                  # otherOperator
    | left=valueExpression infixOperator quantifier '(' (query | expression) ')'                # quantifiedOperator
    ;

infixOperator
    : Operator
    | OPERATOR '(' (label '.')* anyOperator ')'
    ;

anyOperator
    : Operator
    | comparisonOperator
    | '+'
    | '-'
    | '*'
    | '/'
    | '//'
    | '%'
    | '^'
    ;

primary
    : '(' query ')' fieldPath?                                                                  # scalarSubquery
    | '(' expression (',' expression)* ')' fieldPath?                                           # parenthesized
    | simplePrimary                                                                             # simple
    ;

// What does not start with a parenthesis.
simplePrimary
    : columnNameKeyword ('.' label)* ('.' star)?                                                # name
    | callableName ('.' label)* ('.' star | stringLiteral | call)?                              # name
    | literal                                                                                   # literalPrimary
    | parameter fieldPath?                                                                      # parameterPrimary
    | LEFT call                                                                                 # keywordCall
    | RIGHT call                                                                                # keywordCall
    | OVERLAPS call                                                                             # keywordCall
    | CASE operand=expression? whenClause+ (ELSE otherwise=expression)? END                     # case
    | (CAST | TRY_CAST) '(' expression AS typeName ')' fieldPath?                               # cast
    | EXISTS '(' query ')'                                                                      # exists
    | ARRAY '(' query ')'                                                                       # arraySubquery
    | ARRAY? '[' (expression (',' expression)*)? ']'                                            # array
    | ROW '(' (expression (',' expression)*)? ')' fieldPath?                                    # row
    | MAP '{' (mapEntry (',' mapEntry)*)? '}'                                                   # map
    | '{' structField (',' structField)* '}' fieldPath?                                         # struct
    | EXTRACT '(' ((identifier | stringLiteral) FROM expression | expression ',' expression) ')'  # extract
    | POSITION '(' valueExpression (IN valueExpression | (',' expression)+) ')'                 # position
    | SUBSTRING '(' argument ((',' argument)* | substringRange) ')'                             # substring
    | OVERLAY '(' argument ((',' argument)* | PLACING expression FROM expression (FOR expression)?) ')'  # overlay
    | TRIM '(' (BOTH | LEADING | TRAILING)? trimOperands ')'                                    # trim
    | sessionValue ('(' (expression (',' expression)*)? ')')?                                   # sessionValuePrimary
    ;

trimOperands
    : FROM expression (',' expression)*
    | expression (FROM expression)? (',' expression)*
    ;

substringRange
    : FROM start=expression (FOR length=expression)?
    | FOR length=expression (FROM start=expression)?
    | SIMILAR pattern=expression ESCAPE escape=expression
    ;

sessionValue
    : CURRENT_CATALOG
    | CURRENT_DATE
    | CURRENT_ROLE
    | CURRENT_SCHEMA
    | CURRENT_TIME
    | CURRENT_TIMESTAMP
    | CURRENT_USER
    | LOCALTIME
    | LOCALTIMESTAMP
    | SESSION_USER
    | USER
    ;

fieldPath : ('.' label)+ ('.' '*')? | '.' '*' ;

whenClause : WHEN condition=expression THEN result=expression ;

mapEntry : key=expression ':' value=expression ;

structField : (label | stringLiteral) ':' expression ;

call
    : '(' arguments? ')' (WITHIN GROUP '(' orderBy ')')? (FILTER '(' WHERE? expression ')')? nullTreatment? over? fieldPath?
    ;

arguments : (DISTINCT | ALL)? argument (',' argument)* orderBy? nullTreatment? ;

argument
    : star
    | (identifier ('=>' | ':='))? (lambda | expression)
    ;

lambda : (identifier | '(' identifier (',' identifier)* ')') LambdaArrow expression ;

nullTreatment : (IGNORE | RESPECT) NULLS ;

over : OVER (identifier | '(' windowSpecification ')') ;

windowSpecification
    : identifier? (PARTITION BY expression (',' expression)*)? orderBy? windowFrame?
    ;

windowFrame
    : (ROWS | RANGE | GROUPS) (frameBound | BETWEEN frameBound AND frameBound)
      (EXCLUDE (CURRENT ROW | GROUP | TIES | NO OTHERS))?
    ;

frameBound
    : UNBOUNDED (PRECEDING | FOLLOWING)
    | CURRENT ROW
    | valueExpression (PRECEDING | FOLLOWING)
    ;

// ---------------------------------------------------------------------------------------------------------------- literals and types

literal
    : NULL                                                                                      # nullLiteral
    | (TRUE | FALSE)                                                                            # booleanLiteral
    | number                                                                                    # numberLiteral
    | stringLiteral                                                                             # characterLiteral
    | BinaryLiteral                                                                             # binaryLiteral
    | BitLiteral                                                                                # bitLiteral
    | interval                                                                                  # intervalLiteral
    | typedLiteralType stringLiteral                                                            # typedLiteral
    ;

// Types of several words and with modifiers; a plain name in front of a string is read by the rule for names.
typedLiteralType
    : DOUBLE PRECISION
    | (TIME | TIMESTAMP) ('(' IntegerLiteral ')' ((WITH | WITHOUT) TIME ZONE)? | (WITH | WITHOUT) TIME ZONE)
    | (CHARACTER | CHAR) VARYING
    ;

number
    : IntegerLiteral
    | DecimalLiteral
    | FloatLiteral
    ;

stringLiteral : StringLiteral ;

parameter
    : PositionalParameter
    | QuestionParameter
    | NamedParameter
    ;

interval
    : INTERVAL stringLiteral intervalQualifier?
    | INTERVAL number intervalField
    | INTERVAL '(' expression ')' intervalField
    ;

intervalQualifier : intervalField (TO intervalField)? ;

intervalField
    : YEAR | YEARS
    | QUARTER | QUARTERS
    | MONTH | MONTHS
    | WEEK | WEEKS
    | DAY | DAYS
    | HOUR | HOURS
    | MINUTE | MINUTES
    | SECOND | SECONDS
    | MILLISECOND | MILLISECONDS
    | MICROSECOND | MICROSECONDS
    ;

typeName : scalarType ('[' IntegerLiteral? ']' | ARRAY ('[' IntegerLiteral ']')?)* ;

scalarType
    : DOUBLE PRECISION                                                                          # doubleType
    | (NATIONAL? (CHARACTER | CHAR) | BIT) VARYING ('(' IntegerLiteral ')')?                    # varyingType
    | (TIME | TIMESTAMP) ('(' IntegerLiteral ')')? ((WITH | WITHOUT) TIME ZONE)?                # timeType
    | INTERVAL intervalQualifier? ('(' IntegerLiteral ')')?                                     # intervalType
    | ARRAY '(' typeName ')'                                                                    # arrayType
    | MAP '(' typeName ',' typeName ')'                                                         # mapType
    | ENUM '(' stringLiteral (',' stringLiteral)* ')'                                             # enumType
    | (ROW | STRUCT) '(' rowTypeField (',' rowTypeField)* ')'                                   # rowType
    | typeIdentifier ('.' label)* ('(' IntegerLiteral (',' IntegerLiteral)* ')')?               # namedType
    ;

rowTypeField
    : typeName
    | identifier typeName
    ;

// ---------------------------------------------------------------------------------------------------------------- names

qualifiedName : identifier ('.' label)* ;

columnNames : '(' identifier (',' identifier)* ')' ;

// A name of a column or a table.
identifier
    : plainIdentifier
    | nonReserved
    | timeKeyword
    | columnNameKeyword
    | joinKeyword
    ;

// A name that may be followed by an argument list or by a string.
callableName
    : plainIdentifier
    | nonReserved
    | timeKeyword
    | joinKeyword
    ;

// The name of a table alias written without AS: not one of the words that go on with the FROM clause.
tableAliasName
    : plainIdentifier
    | nonReserved
    | timeKeyword
    | columnNameKeyword
    ;

typeIdentifier
    : plainIdentifier
    | nonReserved
    | joinKeyword
    ;

// A name behind AS or a dot, where every keyword is allowed.
label
    : plainIdentifier
    | nonReserved
    | timeKeyword
    | columnNameKeyword
    | joinKeyword
    | reserved
    ;

// A column label without AS.
bareLabel
    : plainIdentifier
    | nonReserved
    | timeKeyword
    | columnNameKeyword
    | joinKeyword
    | bareReserved
    ;

plainIdentifier
    : Identifier
    | QuotedIdentifier
    ;

// ------------------------------------------------------------------------------------------------------------- keywords by freedom

// Names anywhere.
nonReserved
    : ABORT | ABSOLUTE | ADD | ALTER | ASENSITIVE | AT | BACKWARD | BEGIN | BIT | BY | CACHE | CALL | CANCEL | CASCADE | CATALOGS | CHAIN | CHAR
    | CHARACTER | CHARACTERISTICS | CLOSE | COLUMNS | COMMENT | COMMIT | COMMITTED | COPY | CUBE | CURRENT | CURSOR | CYCLE | DATA | DATABASE
    | DATABASES | DAY | DAYS | DEALLOCATE | DECLARE | DELETE | DESCRIBE | DISCARD | DOUBLE | DROP | ENUM | ESCAPE | EXCLUDE | EXECUTE | EXPLAIN
    | EXTERNAL | FILTER | FIRST | FOLLOWING | FORCE | FORMAT | FORWARD | FUNCTION | FUNCTIONS | GLOBAL | GROUPING | GROUPS | HOLD | HOUR | HOURS
    | IF | IGNORE | INCLUDE | INCREMENT | INDEX | INPUT | INSENSITIVE | INSERT | ISOLATION | KEY | KILL | LAST | LEVEL | LISTEN | LOCAL
    | LOCATION | LOCKED | MACRO | MAP | MATERIALIZED | MAXVALUE | MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | MINUTE | MINUTES
    | MINVALUE | MONTH | MONTHS | MOVE | NAME | NAMES | NATIONAL | NEXT | NO | NOTIFY | NOWAIT | NULLS | OF | ONLY | OPERATOR | OPTIONS
    | ORDINALITY | OTHERS | OUTPUT | OVER | OVERWRITE | PARTITION | PARTITIONED | PARTITIONS | PLANS | PRECEDING | PRECISION | PREPARE
    | PRESERVE | PRIOR | QUARTER | QUARTERS | QUERIES | QUERY | QUOTE | RANGE | READ | RECURSIVE | REFRESH | RELATIVE | RELEASE | RENAME
    | REPEATABLE | REPLACE | RESET | RESPECT | RESTRICT | ROLE | ROLLBACK | ROLLUP | ROWS | SAVEPOINT | SCHEMA | SCHEMAS | SCROLL | SECOND
    | SECONDS | SEQUENCE | SEQUENCES | SERIALIZABLE | SESSION | SET | SETS | SETTINGS | SHARE | SHOW | SKIP_ | SORTED | START | STATS | STDIN
    | STDOUT | STORED | STRUCT | SUMMARIZE | TABLES | TEMP | TEMPORARY | TIES | TRANSACTION | TRUNCATE | TYPE | UNBOUNDED | UNCOMMITTED
    | UNKNOWN | UNLISTEN | UPDATE | USE | VALUE | VARYING | VIEW | VIEWS | WEEK | WEEKS | WITHIN | WITHOUT | WORK | WRITE | YEAR | YEARS | ZONE
    ;

// Names of columns and tables, but not of functions: they start a form of their own.
columnNameKeyword
    : EXISTS | EXTRACT | INTERVAL | OVERLAY | POSITION | ROW | SUBSTRING | TRIM | TRY_CAST | VALUES
    ;

// Names anywhere, but as types they have a form of their own.
timeKeyword
    : TIME | TIMESTAMP
    ;

// Names anywhere, except as a table alias without AS.
joinKeyword
    : ANTI | ASOF | PIVOT | SEMI | UNPIVOT
    ;

// Names behind AS and behind a dot only.
reserved
    : ALL | ANALYZE | AND | ANY | ARRAY | AS | ASC | ASYMMETRIC | BETWEEN | BINARY | BOTH | CASE | CAST | CHECK | COLLATE | COLUMN
    | CONSTRAINT | CREATE | CROSS | CURRENT_CATALOG | CURRENT_DATE | CURRENT_ROLE | CURRENT_SCHEMA | CURRENT_TIME | CURRENT_TIMESTAMP
    | CURRENT_USER | DEFAULT | DEFERRABLE | DESC | DISTINCT | ELSE | END | EXCEPT | FALSE | FETCH | FOR | FOREIGN | FROM | FULL | GROUP
    | HAVING | ILIKE | IN | INNER | INTERSECT | INTO | IS | ISNULL | JOIN | LATERAL | LEADING | LEFT | LIKE | LIMIT | LOCALTIME
    | LOCALTIMESTAMP | NATURAL | NOT | NOTNULL | NULL | OFFSET | ON | OR | ORDER | OUTER | OVERLAPS | PLACING | PRIMARY | QUALIFY
    | REFERENCES | RETURNING | RIGHT | SELECT | SESSION_USER | SIMILAR | SOME | SYMMETRIC | TABLE | TABLESAMPLE | THEN | TO | TRAILING
    | TRUE | UNION | UNIQUE | USER | USING | VERBOSE | WHEN | WHERE | WINDOW | WITH
    ;

// Those of them that may be a column label without AS.
bareReserved
    : ANALYZE | ANY | ASC | ASYMMETRIC | BINARY | BOTH | CASE | CAST | CHECK | COLUMN | CONSTRAINT | CROSS | CURRENT_CATALOG | CURRENT_DATE
    | CURRENT_ROLE | CURRENT_SCHEMA | CURRENT_TIME | CURRENT_TIMESTAMP | CURRENT_USER | DEFAULT | DEFERRABLE | DESC | ELSE | END | FALSE
    | FOREIGN | FULL | INNER | JOIN | LATERAL | LEADING | LEFT | LOCALTIME | LOCALTIMESTAMP | NATURAL | OUTER | PLACING | PRIMARY
    | REFERENCES | RIGHT | SESSION_USER | SOME | SYMMETRIC | TABLE | TABLESAMPLE | TRAILING | TRUE | UNIQUE | USER | VERBOSE | WHEN
    ;
